// What buttons about a month carry.
import { z } from 'zod'

/** Such as 2026-10. */
export const MonthData = z.object({ month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/) })
