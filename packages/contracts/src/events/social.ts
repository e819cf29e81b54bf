import { z } from 'zod'
import { KelurahanCode } from '../ids.ts'
import { Sensitivity } from '../sensitivity.ts'
import { Presented } from './presented.ts'

/** What an assessment found that another agency must answer (TPI-03, TPI-04). */
export const NEEDS = ['EDUCATION', 'IDENTITY', 'HEALTH', 'PROTECTION', 'FAMILY_AID'] as const
export const Need = z.enum(NEEDS)
export type Need = z.infer<typeof Need>

export const socialEvents = {
  'social.child.presented.v1': Presented,
  /** A street contact (TPI-03). `repeat`: the child had been met before (TPI-R3). */
  'social.street.contact.recorded.v1': z.strictObject({
    contactId: z.uuid(),
    kelurahan: KelurahanCode,
    repeat: z.boolean(),
  }),
  'social.street.assessment.completed.v1': z.strictObject({
    assessmentId: z.uuid(),
    droppedOut: z.boolean(),
    needs: z.array(Need),
    kelurahan: KelurahanCode.nullable(),
  }),
  /** The child's protection level changed for every agency (PV-14). */
  'social.child.protected.v1': z.strictObject({ level: Sensitivity }),
}
