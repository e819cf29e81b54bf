import { expect } from 'vitest'
import { mutation, type Outcome } from '../src/act.ts'
import { newBoy, PANJANG_WETAN } from '../src/city.ts'
import { countRows } from '../src/databases.ts'
import type { House } from '../src/house.ts'
import { post, type RawAnswer } from '../src/raw.ts'
import type { Input, Persona } from './rows.ts'

/** A mutation as a client sends it, with whatever input; the answer as it comes. */
export async function send(house: House, as: Persona, name: string, input: unknown, language = 'id') {
  const request = { query: mutation(name, '__typename'), variables: { input } }
  const headers = { authorization: `Bearer ${await house.token(as)}`, 'accept-language': language }
  return post(`${house.gatewayUrl}/graphql`, request, headers)
}

/** Runs what must write nothing: after it every table of every agency holds as many rows as before. */
export async function writingNothing<T>(house: House, run: () => Promise<T>): Promise<T> {
  const [result, grown] = await growing(house, run)
  expect(grown).toEqual([])
  return result
}

/** Runs it, and says by how many rows which tables grew. */
async function growing<T>(house: House, run: () => Promise<T>) {
  const before = await countRows(house)
  const result = await run()
  const after = Object.entries(await countRows(house))
  const grown = after.map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const)
  return [result, grown.filter(([, rows]) => rows !== 0)] as const
}

export const outcomeOf = ({ body }: RawAnswer): Outcome => {
  const { result } = (body.data ?? {}) as { result?: Outcome | null }
  if (!result) throw new Error(`the mutation has no result: ${JSON.stringify(body)}`)
  return result
}

/** The codes of an answer that is no result: `BAD_USER_INPUT`. */
export const codesOf = ({ body }: RawAnswer): (string | undefined)[] => [
  ...new Set(body.errors?.map((error) => error.extensions?.code)),
]

/**
 * Sends in both languages what must be refused, and says how it was: each language has its words, and nothing is written
 * but one audit row for each try that is not permitted (PV-05).
 */
export async function refusalOf(house: House, as: Persona, name: string, input: unknown): Promise<Outcome> {
  const [refused, grown] = await growing(house, async () => {
    const refused = outcomeOf(await send(house, as, name, input))
    const english = outcomeOf(await send(house, as, name, input, 'en'))
    expect(refused.data).toBeUndefined()
    expect(english).toMatchObject({ code: refused.code, field: refused.field, rule: refused.rule })
    for (const { message } of [refused, english]) expect(message).toMatch(/\w{3}/)
    expect(english.message).not.toBe(refused.message)
    return refused
  })
  const audited = [[expect.stringMatching(/\.platform\.audit_entry$/), 2]]
  expect(grown).toEqual(refused.code === 'NOT_PERMITTED' ? audited : [])
  return refused
}

/** Every field that a refusal names. */
export const fieldsOf = (refusal: Outcome): readonly (string | null | undefined)[] => [
  refusal.field,
  ...(refusal.problems ?? []).map((problem) => problem.field),
]

/** What stands in a form's inner parts where the valid input leaves them out. */
const PARTS: Readonly<Record<string, () => Input>> = {
  child: newBoy,
  newChild: newBoy,
  guardian: () => ({ name: 'Nenek Sumi', relation: 'KAKEK_NENEK', proof: 'Surat kuasa asuh 12/2026' }),
  address: () => ({ kelurahan: PANJANG_WETAN }),
}

/** The input with one place changed, or left out where `value` is undefined. */
export function withAt(input: Input, [key = '', ...rest]: readonly string[], value: unknown): Input {
  if (rest.length > 0) {
    const inner = (input[key] ?? PARTS[key]?.() ?? {}) as Input | readonly Input[]
    return {
      ...input,
      [key]: Array.isArray(inner) ? withFirst(inner, rest.slice(1), value) : withAt(inner as Input, rest, value),
    }
  }
  const { [key]: _, ...others } = input
  return value === undefined ? others : { ...others, [key]: value }
}

/** The list with one place of its first form changed; the other forms stay as they are. */
const withFirst = ([first = {}, ...others]: readonly Input[], path: readonly string[], value: unknown) => [
  withAt(first, path, value),
  ...others,
]
