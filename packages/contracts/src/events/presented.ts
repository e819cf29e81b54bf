import { z } from 'zod'

/**
 * A service met a child that no agency knew and minted the id itself (DESIGN §4). `sealed` is a compact JWE of the
 * child's particulars that only the civil registry can open.
 */
export const Presented = z.strictObject({ sealed: z.string() })
