// Changing a question and its answer before others read it.
import { defineForm, textField } from '../../conversation/form.ts'

/** Both together have to be read on a small screen. */
export const QUESTION_MAX_CHARS = 300
export const ANSWER_MAX_CHARS = 500

/** Its subject is the case the lesson is from. */
export const answerForm = defineForm({
  name: 'lesson-answer',
  version: 1,
  steps: {
    question: textField({ min: 5, max: QUESTION_MAX_CHARS, ownWords: true }),
    answer: textField({ min: 5, max: ANSWER_MAX_CHARS, ownWords: true }),
  },
})
