// The way from a clinic to the simulated Telegram: it can be open, answer nobody, or be gone. It carries bytes and reads none of them.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export interface Door {
  /** What the clinic takes for Telegram's address. */
  readonly origin: string
  leadsTo(origin: string): void
  /** From now on requests come through. Those nobody answered are cut; through an open door nothing changes. */
  opens(): Promise<void>
  /** Cuts what is under way; what comes then is accepted and never answered. */
  fallsSilent(): void
  /** Cuts what is under way; from now on connections are refused. */
  vanishes(): Promise<void>
  close(): Promise<void>
}

export async function openDoor(): Promise<Door> {
  let target = ''
  let isSilent = false
  let server: Server | undefined
  const sockets = new Set<Socket>()

  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    // A cut connection is what these tests are about.
    return socket.on('error', () => {}).on('close', () => void sockets.delete(socket))
  }
  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const carry = (near: Socket) => {
    keep(near)
    if (isSilent) return
    const { hostname, port } = new URL(target)
    const far = keep(connect(Number(port), hostname))
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }
  const listen = async (port: number) => {
    const opened = createServer(carry)
    await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve))
    server = opened
  }
  const shut = async () => {
    const closed = server && new Promise((resolve) => server?.close(resolve))
    server = undefined
    cutAll()
    await closed
  }

  await listen(0)
  const { port } = (server as unknown as Server).address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    leadsTo: (origin) => {
      target = origin
    },
    opens: async () => {
      if (isSilent) cutAll()
      isSilent = false
      if (!server) await listen(port)
    },
    fallsSilent: () => {
      isSilent = true
      cutAll()
    },
    vanishes: shut,
    close: shut,
  }
}
