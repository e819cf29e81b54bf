import type { AgencyCode, ChildId, Grantable, Npsn, ReferralId, Sensitivity } from '@satuanak/contracts'
import type { Tx } from '@satuanak/messaging'

/**
 * The version an event carries, which makes an old message harmless. Left out by the service that owns the fact and
 * writes it in the same transaction as its own rows: its word is the newest there is.
 */
type Version = number | undefined

/** Some agency registered or presented this child: no service may ever forget that there is one. */
export async function saveChildKnownInTx(tx: Tx, child: ChildId): Promise<void> {
  await tx.$executeRawUnsafe(
    'INSERT INTO platform.child_known (child_id) VALUES ($1::uuid) ON CONFLICT DO NOTHING',
    child,
  )
}

/** The same of many at once. */
export async function saveChildrenKnownInTx(tx: Tx, children: readonly ChildId[]): Promise<void> {
  await tx.$executeRawUnsafe(
    'INSERT INTO platform.child_known (child_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING',
    children,
  )
}

/** `alias` and `canonical` are one person from now on, or (`linked: false`) no longer by this decision. */
export interface ChildLink {
  readonly alias: ChildId
  readonly canonical: ChildId
  readonly linked: boolean
}

/** Write or take back one link. Other links stay as they are: an unlink restores exactly what was (DESIGN §4). */
export async function saveChildLinkInTx(tx: Tx, link: ChildLink, version?: Version): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.child_alias AS kept (alias_id, canonical_id, linked, version)
     VALUES ($1::uuid, $2::uuid, $3::boolean, coalesce($4::bigint, 0))
     ON CONFLICT (alias_id, canonical_id) DO UPDATE
       SET linked = excluded.linked, version = greatest(kept.version, excluded.version)
       WHERE $4::bigint IS NULL OR kept.version < excluded.version`,
    link.alias,
    link.canonical,
    link.linked,
    version ?? null,
  )
}

/** Keep a child at this protection level from now on (PV-14). */
export async function saveChildLevelInTx(tx: Tx, child: ChildId, level: Sensitivity, version?: Version): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.child_level AS kept (child_id, level, version)
     VALUES ($1::uuid, $2::integer, coalesce($3::bigint, 0))
     ON CONFLICT (child_id) DO UPDATE
       SET level = excluded.level, version = greatest(kept.version, excluded.version)
       WHERE $3::bigint IS NULL OR kept.version < excluded.version`,
    child,
    level,
    version ?? null,
  )
}

/** What a referral opens of a child to its receiver. */
export interface ReferralGrant {
  readonly referralId: ReferralId
  readonly child: ChildId
  readonly agency: AgencyCode
  readonly parts: readonly Grantable[]
  readonly expiresAt: Temporal.Instant
}

/** Open the named parts to the referral's receiver. */
export async function openGrantInTx(tx: Tx, grant: ReferralGrant, version?: Version): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.referral_grant AS kept (referral_id, child_id, agency, parts, expires_at, live, version)
     VALUES ($1::uuid, $2::uuid, $3, $4::text[], $5::timestamptz, true, coalesce($6::bigint, 0))
     ON CONFLICT (referral_id) DO UPDATE
       SET child_id = excluded.child_id, agency = excluded.agency, parts = excluded.parts,
           expires_at = excluded.expires_at, live = true, version = greatest(kept.version, excluded.version)
       WHERE $6::bigint IS NULL OR kept.version < excluded.version`,
    grant.referralId,
    grant.child,
    grant.agency,
    grant.parts,
    grant.expiresAt.toString(),
    version ?? null,
  )
}

/** The owner's word that the referral was declined or completed: what it opened is shut. */
export async function shutGrantInTx(tx: Tx, referralId: ReferralId): Promise<void> {
  await tx.$executeRawUnsafe('UPDATE platform.referral_grant SET live = false WHERE referral_id = $1::uuid', referralId)
}

/**
 * The same, heard of. The row stays shut also where the sending was not heard yet: replayed later from the dead letters,
 * it must open nothing.
 */
export async function keepGrantShutInTx(
  tx: Tx,
  { referralId, child, agency }: Pick<ReferralGrant, 'referralId' | 'child' | 'agency'>,
  version: number,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.referral_grant AS kept (referral_id, child_id, agency, parts, expires_at, live, version)
     VALUES ($1::uuid, $2::uuid, $3, '{}', '-infinity', false, $4::bigint)
     ON CONFLICT (referral_id) DO UPDATE SET live = false, version = excluded.version
       WHERE kept.version < excluded.version`,
    referralId,
    child,
    agency,
    version,
  )
}

/** A school enrolled the child: its committee may know of the pupil, unless the end was heard first. */
export async function saveChildSchoolInTx(tx: Tx, enrolmentId: string, child: ChildId, npsn: Npsn): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.child_school (enrolment_id, child_id, npsn) VALUES ($1::uuid, $2::uuid, $3)
     ON CONFLICT DO NOTHING`,
    enrolmentId,
    child,
    npsn,
  )
}

/** An enrolment and the first day on which it no longer runs. */
export interface SchoolEnd {
  readonly enrolmentId: string
  readonly child: ChildId
  readonly npsn: Npsn
  /** `2026-11-23` */
  readonly endedOn: string
}

/** The child leaves that school: from `endedOn` on its committee no longer knows of it. */
export async function endChildSchoolInTx(tx: Tx, { enrolmentId, child, npsn, endedOn }: SchoolEnd): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.child_school (enrolment_id, child_id, npsn, ended_on) VALUES ($1::uuid, $2::uuid, $3, $4::date)
     ON CONFLICT (enrolment_id) DO UPDATE SET ended_on = excluded.ended_on`,
    enrolmentId,
    child,
    npsn,
    endedOn,
  )
}
