// Runs one contender as a process of its own, and answers the referee's questions about it.

const [name, apiRoot, folder] = process.argv.slice(2)
const { start } = await import(`./contenders/${name}.mjs`)
const contender = await start({ apiRoot, folder, token: '7:AAbenchbenchbenchbenchbenchbenchbench' })

async function answer(question, more) {
  if (question === 'fired') return { fired: await contender.fire(more) }
  if (question === 'conversations') return { conversations: (await contender.bytesPerConversation?.()) ?? null }
  const { user, system } = process.cpuUsage()
  return { usage: { cpuMs: (user + system) / 1000, systemMs: system / 1000, rssMb: process.memoryUsage.rss() / 1_048_576 } }
}

process.on('message', ({ ask, more }) => {
  if (ask === 'stop') process.exit()
  void answer(ask, more).then((told) => process.send(told))
})
process.on('disconnect', () => process.exit())
