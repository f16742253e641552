// Starts the simulated Telegram: the world, its Bot API and its page on one HTTP server.

import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { createActs } from './acts.ts'
import { registerBotApi } from './bot-api.ts'
import { createFaults } from './faults.ts'
import { registerPage } from './page/routes.ts'
import { createPeopleActs } from './people.ts'
import { openState } from './state.ts'
import { createViews } from './views.ts'
import type { Simulator, SimulatorOptions } from './world.ts'

/**
 * Opens the world (kept in `storagePath`, else in memory) and listens. Throws when the port is taken, the token is
 * malformed, or the page would be open to other computers without an access code.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const state = openState(options)
  const faults = createFaults()
  const people = createPeopleActs(state)
  const world = { ...people, ...createActs(state, people), ...createViews(state) }
  const server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 256 } })
  server.setNotFoundHandler((_request, reply) => {
    void reply.code(404).send({ ok: false, error_code: 404, description: 'Not Found' })
  })
  const botApi = registerBotApi(server, state, faults)
  let origin = ''
  const simulator: Simulator = {
    get origin() {
      return origin
    },
    options,
    world,
    faults,
    close: async () => {
      botApi.close()
      await server.close()
      state.store.close()
    },
  }
  try {
    registerPage(server, simulator)
    await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })
  } catch (error) {
    await simulator.close()
    throw error
  }
  const { address, family, port } = server.server.address() as AddressInfo
  const isEverywhere = address === '0.0.0.0' || address === '::'
  origin = `http://${isEverywhere ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address}:${port}`
  return simulator
}
