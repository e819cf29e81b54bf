import type { House } from '../src/house.ts'

export type Persona = Parameters<House['as']>[0]
export type Input = Readonly<Record<string, unknown>>

/** One way of sending a mutation wrongly, and what it must be told. */
export interface Wrong {
  /** What is wrong, as the test's report says it. */
  readonly why: string
  /** What differs from the valid input. */
  readonly change?: Input
  /** Who sends it, where not the one who may. */
  readonly as?: Persona
  /** The refusal's code. */
  readonly code: string
  /** The field it names; a caller who may not at all is told whom to ask instead. */
  readonly field?: string
}

/**
 * One mutation of the graph: a valid input, and what is wrong about the mutation's own ways of going wrong. Missing
 * fields, malformed ids and codes, far-off dates and oversized texts follow from the schema and need no row.
 */
export interface Row {
  readonly as: Persona
  /** Makes whatever a valid input needs, and the input; another one each time. */
  valid(house: House): Promise<Input>
  /** Each field by itself is sound, together they are not; or they do not fit what is known. */
  readonly contradictory: readonly Wrong[]
  /** Not readable as what it should be. */
  readonly malformed: readonly Wrong[]
  /** Not yet, by the city's calendar. Dates by type are tried anyway. */
  readonly future: readonly Wrong[]
  /** The same deed again, under a new request id; null where doing it twice is right, with the reason. */
  readonly duplicate: Wrong | { readonly allowed: string }
  /** Someone else's child, desk or agency. */
  readonly foreign: readonly Wrong[]
}
