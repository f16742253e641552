// The two questions asked when a case ends, each of one optional sentence: what others can learn from it, and a word of thanks.
import { defineForm, textField } from '../../conversation/form.ts'

/** Fits a card that is read on a small screen. */
const LESSON_MAX_CHARS = 500
const THANKS_MAX_CHARS = 300

/** Its subject is the case. */
export const lessonForm = defineForm({
  name: 'case-lesson', version: 1, review: false, steps: { lesson: textField({ min: 5, max: LESSON_MAX_CHARS, optional: true, ownWords: true }) },
})

/** Its subject is the case. */
export const thanksForm = defineForm({
  name: 'case-thanks', version: 1, review: false, steps: { note: textField({ min: 2, max: THANKS_MAX_CHARS, optional: true, ownWords: true }) },
})
