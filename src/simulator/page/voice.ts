// A voice note without a microphone: a silent Ogg Opus file that any player takes. It must not know who sends it.

const SAMPLE_RATE = 48_000
const FRAMES_PER_SECOND = 50
const SAMPLES_PER_FRAME = SAMPLE_RATE / FRAMES_PER_SECOND
/** One 20 ms Opus frame of silence. */
const SILENT_FRAME = Uint8Array.of(0xf8, 0xff, 0xfe)
const SERIAL = 1

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

/** The checksum of an Ogg page (RFC 3533, section 6: polynomial 0x04c11db7, nothing reflected). */
function pageChecksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return crc
}

/** One Ogg page (RFC 3533). `flags`: 2 first page, 4 last page. `granule`: samples up to its end. Packets under 255 bytes. */
function oggPage(packets: readonly Uint8Array[], page: { sequence: number; granule: number; flags: number }): Buffer {
  const header = Buffer.alloc(27 + packets.length)
  header.write('OggS', 0, 'latin1')
  header.writeUInt8(page.flags, 5)
  header.writeBigUInt64LE(BigInt(page.granule), 6)
  header.writeUInt32LE(SERIAL, 14)
  header.writeUInt32LE(page.sequence, 18)
  header.writeUInt8(packets.length, 26)
  for (const [index, packet] of packets.entries()) header.writeUInt8(packet.length, 27 + index)
  const bytes = Buffer.concat([header, ...packets])
  bytes.writeUInt32LE(pageChecksum(bytes), 22)
  return bytes
}

/** A silent voice note of so many whole seconds, as Ogg Opus (RFC 7845), mono. */
export function silentVoiceNote(seconds: number): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt32LE(SAMPLE_RATE, 12)
  const vendor = Buffer.from('simulator')
  const tags = Buffer.alloc(8 + 4 + vendor.length + 4)
  tags.write('OpusTags', 0, 'latin1')
  tags.writeUInt32LE(vendor.length, 8)
  vendor.copy(tags, 12)

  const second = Array.from({ length: FRAMES_PER_SECOND }, () => SILENT_FRAME)
  const audio = Array.from({ length: seconds }, (_, index) => oggPage(second, {
    sequence: index + 2,
    granule: (index + 1) * FRAMES_PER_SECOND * SAMPLES_PER_FRAME,
    flags: index === seconds - 1 ? 4 : 0,
  }))
  return Buffer.concat([
    oggPage([head], { sequence: 0, granule: 0, flags: 2 }),
    oggPage([tags], { sequence: 1, granule: 0, flags: 0 }),
    ...audio,
  ])
}
