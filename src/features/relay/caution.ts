// Finds talk of what nobody should hand over: codes, PINs, passwords, identity cards, money to be sent. Pure; it warns, it forbids nothing.
import { normalise } from '../../conversation/parse/normalise.ts'

const WORDS = /(?<![\p{L}\p{N}])(?:o[ .]?t[ .]?p|pin|cvv|password|kata sandi|sandi|kode (?:verifikasi|rahasia|bank|masuk)|ktp|nik|kartu keluarga|nomor rekening|no rekening|norek|bank account|account number|transfer(?:kan)?|tf|kirim uang|send (?:the |me )?money|top ?up|pulsa)(?:nya|ku|mu)?(?![\p{L}\p{N}])/u

/** Whether a message speaks of codes, identity papers or sending money. */
export function namesSecret(text: string): boolean {
  return WORDS.test(normalise(text.slice(0, 4096)))
}
