// The form of a request for help: one or several messages of any kind, kept as they come.
import { defineForm, messagesField } from '../../conversation/form.ts'

/** Enough for a story with its pictures; what is more can follow later. */
const MOST_MESSAGES = 20

/** Its subject is the step or tip she was at, if she came from one. */
export const helpForm = defineForm({ name: 'help', version: 2, review: false, steps: { message: messagesField({ most: MOST_MESSAGES }) } })
