// The form of a report in the reporter's own words.
import { defineForm, textField } from '../../conversation/form.ts'

const MOST_CHARS = 500

/** Its subject is the case. */
export const reportForm = defineForm({ name: 'report', version: 1, review: false, steps: { words: textField({ min: 3, max: MOST_CHARS, ownWords: true }) } })
