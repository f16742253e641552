// What the buttons under tips carry.
import { z } from 'zod'

export const TipData = z.object({ tip: z.string() })
