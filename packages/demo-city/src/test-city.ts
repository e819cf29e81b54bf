import { type City, type CityChild, generateCity } from './index.ts'

export const TODAY = Temporal.PlainDate.from('2026-07-20')
/** The midnight in Pekalongan at which it begins. */
export const MIDNIGHT = '2026-07-19T17:00:00Z'

export const city: City = await generateCity({ today: TODAY })
export const records: readonly CityChild[] = [...city.children]
/** First records: one per person. */
export const persons = records.filter(({ id, truth }) => id === truth)
export const duplicates = records.filter(({ id, truth }) => id !== truth)
export const byId = new Map(records.map((child) => [child.id, child]))

/** What part of a list it is true of, 0 to 1. */
export function share<T>(list: readonly T[], isSo: (one: T) => boolean): number {
  return list.filter(isSo).length / list.length
}
