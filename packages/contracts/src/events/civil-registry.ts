import { z } from 'zod'
import { ChildId, KelurahanCode } from '../ids.ts'

/** Papers every child should hold (RF-02). */
export const PAPERS = ['AKTA', 'NIK', 'KK', 'KIA'] as const
export const Paper = z.enum(PAPERS)
export type Paper = z.infer<typeof Paper>

export const civilRegistryEvents = {
  /** The registry keeps this child from now on; `missing` names the papers it has not seen. */
  'civil-registry.person.registered.v1': z.strictObject({
    missing: z.array(Paper),
    kelurahan: KelurahanCode.nullable(),
  }),
  /** An officer decided that two ids are one person (DESIGN §4). Subject: the canonical id. */
  'civil-registry.person.merged.v1': z.strictObject({ alias: ChildId, canonical: ChildId }),
  /** An officer took such a decision back. Subject: the former canonical id. */
  'civil-registry.person.split.v1': z.strictObject({ alias: ChildId, canonical: ChildId }),
  /** A paper was issued or seen for a child that lacked it (closing event of RF-02). */
  'civil-registry.paper.issued.v1': z.strictObject({ paper: Paper, missing: z.array(Paper) }),
}
