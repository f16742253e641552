// What is sent in the place of a voice note or round video to someone whose settings refuse them: the same recording as a file. Pure.

/** The field that names the recording, and what the file is called for its reader. */
const SPOKEN = {
  sendVoice: { field: 'voice', fileName: 'suara.ogg' },
  sendVideoNote: { field: 'video_note', fileName: 'video.mp4' },
} as const

const findSpoken = (method: string) => (Object.hasOwn(SPOKEN, method) ? SPOKEN[method as keyof typeof SPOKEN] : undefined)

/** Whether people may refuse what the method sends. Source: Telegram's privacy setting "Voice messages", which is about both. */
export function isSpoken(method: string): boolean {
  return findSpoken(method) !== undefined
}

/** The payload of the `sendDocument` that carries the same recording; undefined when the call names none. */
export function asDocument(method: string, payload: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | undefined {
  const spoken = findSpoken(method)
  if (!spoken || !payload) return undefined
  const { [spoken.field]: recording, duration: _duration, length: _length, ...rest } = payload
  if (typeof recording !== 'string') return undefined
  // A file id never changes its kind, so the recording is fetched and uploaded anew; and Telegram should not find out that it is one.
  return { ...rest, document: { refile: recording, fileName: spoken.fileName }, disable_content_type_detection: true }
}
