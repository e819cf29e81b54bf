import type { AgencyCode, ChildId, Grantable, Npsn, ReferralId, Sensitivity } from '@satuanak/contracts'
import type { SqlClient } from '@satuanak/messaging'

/** One live grant of a referral: its receiver may read these parts of the child. */
export interface ChildGrant {
  readonly referralId: ReferralId
  readonly agency: AgencyCode
  readonly parts: readonly Grantable[]
}

/** One person, as this service knows it by now. `level` and `grants` fit the permission table's `Facts`. */
export interface ChildGroup {
  /** The id under which the person is shown. */
  readonly canonical: ChildId
  /** Every id the person was written under, the canonical one first: `WHERE child_id = ANY(ids)`. */
  readonly ids: readonly ChildId[]
  readonly level: Sensitivity
  readonly grants: readonly ChildGrant[]
  /** Schools at which the person is enrolled, under any of its ids. */
  readonly schools: readonly Npsn[]
}

interface Row {
  readonly asked: ChildId
  readonly ids: readonly ChildId[]
  readonly level: Sensitivity
  /** A list per member that has any. */
  readonly grants: readonly (readonly ChildGrant[])[]
  /** Likewise. */
  readonly schools: readonly (readonly Npsn[])[]
}

// The canonical id is the one that is nobody's alias; where hasty decisions left several (or a circle left none),
// the oldest: a UUIDv7 sorts by time, and every service must come to the same answer on its own.
// Looked up member by member (LIMIT 1 keeps it so): a page of children must not read whole tables.
const GROUPS = `
  WITH today AS (SELECT ($2::timestamptz AT TIME ZONE zone)::date AS day FROM platform.service)
  SELECT asked::text AS asked,
         jsonb_agg(id ORDER BY is_alias, id) AS ids,
         greatest(2, max(level)) AS level,
         coalesce(jsonb_agg(opened) FILTER (WHERE opened IS NOT NULL), '[]') AS grants,
         coalesce(jsonb_agg(attended) FILTER (WHERE attended IS NOT NULL), '[]') AS schools
  FROM (
    SELECT asked, member_id AS id,
      coalesce((SELECT true FROM platform.child_alias WHERE alias_id = member_id AND linked LIMIT 1), false) AS is_alias,
      (SELECT level FROM platform.child_level WHERE child_id = member_id LIMIT 1) AS level,
      (SELECT jsonb_agg(jsonb_build_object('referralId', referral_id, 'agency', agency, 'parts', parts)
                        ORDER BY referral_id)
       FROM platform.referral_grant
       WHERE child_id = member_id AND live AND expires_at > $2::timestamptz) AS opened,
      (SELECT jsonb_agg(npsn ORDER BY npsn) FROM platform.child_school
       WHERE child_id = member_id AND (ended_on IS NULL OR ended_on > (SELECT day FROM today))) AS attended
    FROM (SELECT DISTINCT asked FROM unnest($1::uuid[]) asked) question
    CROSS JOIN LATERAL platform.child_group(asked)
  ) member
  GROUP BY asked`

/**
 * Who each of these ids is: one SQL statement for any number of ids, one entry for every id asked, also for those
 * nobody has said anything about (itself, level 2, no grants). A grant counts while its referral is open and
 * `expiresAt` is after `now`; an enrolment, up to the day on which it ends in the office's zone. Ids are compared in lower case, as `ChildId` parses them.
 */
export async function groupOf(
  sql: SqlClient,
  ids: readonly ChildId[],
  now: Temporal.Instant,
): Promise<Map<ChildId, ChildGroup>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.$queryRawUnsafe<Row[]>(GROUPS, ids, now.toString())
  return new Map(rows.map((row) => [row.asked, toGroup(row)]))
}

function toGroup({ asked, ids, level, grants, schools }: Row): ChildGroup {
  return { canonical: ids[0] ?? asked, ids, level, grants: grants.flat(), schools: [...new Set(schools.flat())] }
}

/**
 * Whether any agency ever registered or presented the person of these ids, as far as this service has heard. Another
 * agency's word takes its moment: who is refused for it may try again.
 */
export async function isKnown(sql: SqlClient, ids: readonly ChildId[]): Promise<boolean> {
  const rows = await sql.$queryRawUnsafe<unknown[]>(
    'SELECT 1 FROM platform.child_known WHERE child_id = ANY($1::uuid[]) LIMIT 1',
    ids,
  )
  return rows.length > 0
}
