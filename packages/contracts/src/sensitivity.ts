import { z } from 'zod'

/**
 * How carefully a record is kept (PV-14): 1 ordinary, 2 child, 3 social case, 4 victim, child in contact with the
 * law or sheltered child. At level 4 the existence of the child itself is hidden.
 */
export const Sensitivity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
export type Sensitivity = z.infer<typeof Sensitivity>

/** The parts of a child's record that a referral may open to its receiver (DESIGN §7). */
export const GRANTABLE = ['identity', 'papers', 'school', 'ats', 'outreach', 'assessment'] as const
export const Grantable = z.enum(GRANTABLE)
export type Grantable = z.infer<typeof Grantable>
