// What buttons about cases carry.
import { z } from 'zod'

const id = z.coerce.number().int().positive()

export const CaseData = z.object({ case: id })
/** A case and someone who may help with it. */
export const CaseAndPersonData = z.object({ case: id, person: id })
/** Something said in a case. */
export const SaidData = z.object({ said: id })
