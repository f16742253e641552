// The people whom the tests of a killed clinic rely on: what lets one of them go on.
import { expect, it } from 'vitest'
import { openStage } from '../simulator/fixture.ts'
import { openCrowd } from './support/crowd.ts'

const SEES = 'pendamping menghubungi'

it.for([
  { change: 'a message that says it already loses its buttons', asked: `Nomor WA, supaya ${SEES}?`, changed: {}, goesOn: false },
  { change: 'a message that says it already shows her answer', asked: `Nomor WA, supaya ${SEES}?`, changed: { text: `Nomor WA, supaya ${SEES}? ✅ 0812` }, goesOn: false },
  { change: 'a message comes to say it', asked: 'Siapa?', changed: { text: `Boleh ${SEES}` }, goesOn: true },
])('who waits for words goes on when they show: $change', async ({ asked, changed, goesOn }, { onTestFinished }) => {
  const { result, simulator } = await openStage()
  onTestFinished(simulator.close)
  const her = openCrowd({ simulator, printed: () => '', rows: () => [] }, () => 0).joins('Tinah')
  await her.phone.starts()
  const chat = { chat_id: her.phone.id }
  const { message_id } = await result('sendMessage', { ...chat, text: asked, reply_markup: { inline_keyboard: [[{ text: 'Setuju', callback_data: 'yes' }]] } })

  let wentOn = false
  const going = (async () => {
    await her.does({ does: (phone) => phone.taps('Setuju'), sees: SEES })
    wentOn = true
  })()
  await expect.poll(() => simulator.world.taps()).toHaveLength(1)
  await result('text' in changed ? 'editMessageText' : 'editMessageReplyMarkup', { ...chat, message_id, ...changed })
  expect(wentOn).toBe(goesOn)

  await result('sendMessage', { ...chat, text: `Bolehkah ${SEES}?` })
  await going
})
