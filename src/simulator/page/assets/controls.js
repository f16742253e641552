// The bar above the phones: the clinic's clock and the switches for faults. It must not know the phones.

import { el } from './dom.js'
import { act, clinicNow, model } from './link.js'
import { formatDate, formatTime, t } from './texts.js'

const byId = (id) => document.getElementById(id)

const SWITCHES = [
  ['outage', (faults) => faults.outage],
  ['slow', (faults) => faults.delayMs > 0],
  ['duplicates', (faults) => faults.duplicateUpdates],
  ['floods', (faults) => faults.floods],
]
const NEXT_FAULTS = ['429', '500', 'timeout', 'drop-after-apply']

function faultSwitch([fault, read]) {
  const box = el('input', { type: 'checkbox', role: 'switch', on: { change: () => { void act({ do: 'switch', fault, on: box.checked }) } } })
  const label = el('label', { className: 'switch' }, box,
    el('span', {}, el('strong', {}, t(`fault-${fault}`)), el('small', {}, t(`fault-${fault}-about`))))
  return { box, label, read }
}

/** Fills the bar and answers `update()` for a new state and `tick()` for each second. */
export function createControls() {
  const clock = byId('clock')
  const advances = [[byId('plus-hour'), 1], [byId('plus-day'), 24]]
  for (const [button, hours] of advances) {
    button.addEventListener('click', async () => {
      button.disabled = true
      await act({ do: 'advance', hours })
      button.disabled = false
      button.focus()
    })
  }

  const switches = SWITCHES.map(faultSwitch)
  const kind = el('select', { id: 'fault-kind' }, NEXT_FAULTS.map((fault) => el('option', { value: fault }, t(`fault-${fault}`))))
  const times = el('input', { id: 'fault-times', type: 'number', min: '1', max: '20', value: '1' })
  const next = el('form', {
    className: 'fault-next',
    on: { submit: (event) => { event.preventDefault(); void act({ do: 'fail-next', fault: kind.value, times: Number(times.value) || 1 }) } },
  },
  el('label', { htmlFor: 'fault-kind' }, t('fault-next')),
  el('div', {}, kind, times, el('label', { htmlFor: 'fault-times' }, t('fault-times')), el('button', { type: 'submit', className: 'primary' }, t('fault-apply'))))
  const waiting = el('p', { className: 'fault-note' })
  const refusals = el('ul', { className: 'refusals' })
  byId('faults-sheet').append(
    el('p', {}, t('faults-about')),
    ...switches.map(({ label }) => label),
    next,
    waiting,
    el('button', { type: 'button', className: 'plain', on: { click: () => { void act({ do: 'clear-faults' }) } } }, t('fault-clear')),
    refusals)
  const details = byId('faults')
  document.addEventListener('pointerdown', (event) => { if (!details.contains(event.target)) details.open = false })
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    details.open = false
    details.querySelector('summary').focus()
  })

  const [date, time] = [el('span'), el('strong')]
  clock.append(time, date)
  const tick = () => {
    const now = clinicNow()
    date.textContent = formatDate(now)
    time.textContent = `${formatTime(now)} WIB`
  }

  return {
    tick,
    update() {
      const { state } = model
      tick()
      for (const [button] of advances) button.hidden = !state.canAdvance
      for (const { box, read } of switches) box.checked = read(state.faults)
      const planned = state.faults.waiting.reduce((sum, fault) => sum + fault.times, 0)
      byId('faults-dot').classList.toggle('on', planned > 0 || switches.some(({ box }) => box.checked))
      waiting.textContent = `${t('fault-waiting', { count: planned })} ${t('fault-pending', { count: state.pendingUpdates })}`
      refusals.replaceChildren(...state.refusals.map(({ method, code, description }) => el('li', {}, `${method} · ${code} · ${description}`)))
      refusals.hidden = state.refusals.length === 0
    },
  }
}
