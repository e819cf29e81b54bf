/**
 * What the identity index found when a child came in (ID-21): nobody alike, perhaps somebody (review), most likely
 * somebody (probable), or the same NIK (certain). Nothing is ever merged by it: an officer decides.
 */
export const MATCH_VERDICTS = ['TIDAK_ADA', 'MUNGKIN', 'SANGAT_MUNGKIN', 'PASTI'] as const
export type MatchVerdict = (typeof MATCH_VERDICTS)[number]
