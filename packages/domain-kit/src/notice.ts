import type { Sentence } from './refusal.ts'

/** DOMAIN §2: `E` rejects, `W` accepts and flags, `I` only informs. */
export type Level = 'E' | 'W' | 'I'

/** What a check has to say of one value. The sentence names the remedy and never repeats the value. */
export interface Notice {
  readonly level: Level
  readonly rule: string
  readonly message: Sentence
  /** Path inside the input, set by `fields`; a lone parser knows no field. */
  readonly field?: string
}

export interface Valid<T> {
  readonly ok: true
  readonly value: T
  /** Notices of level `W` and `I`. */
  readonly warnings: readonly Notice[]
}

export interface Invalid {
  readonly ok: false
  /** Notices of level `E`, at least one. */
  readonly problems: readonly Notice[]
  /** What was probably meant; a human must confirm it before it is used (ID-12). */
  readonly proposal?: string
}

/** The outcome of a check. Never thrown: whatever the input, one of these comes back. */
export type Checked<T> = Valid<T> | Invalid

interface Raw {
  /** The input as it was given, empty when it was no text: stored beside the normalised value (DOMAIN §2). */
  readonly raw: string
}

/** The outcome of reading one text. */
export type Parsed<T> = (Valid<T> & Raw) | (Invalid & Raw)

/** An `E`: the input is refused. */
export function problem(rule: string, message: Sentence, field?: string): Notice {
  return { level: 'E', rule, message, ...(field === undefined ? {} : { field }) }
}

/** A `W`: the input is taken, and an officer should look at it. */
export function warning(rule: string, message: Sentence, field?: string): Notice {
  return { level: 'W', rule, message, ...(field === undefined ? {} : { field }) }
}

/** An `I`: worth knowing, nothing to do. */
export function information(rule: string, message: Sentence, field?: string): Notice {
  return { level: 'I', rule, message, ...(field === undefined ? {} : { field }) }
}

export function accepted<T>(raw: string, value: T, warnings: readonly Notice[] = []): Valid<T> & Raw {
  return { ok: true, raw, value, warnings }
}

export function refused(raw: string, rule: string, message: Sentence): Invalid & Raw {
  return { ok: false, raw, problems: [problem(rule, message)] }
}

/** The text of an input of unknown type. Numbers come from spreadsheet cells; anything else is no text at all. */
export function textOf(input: unknown): string {
  if (typeof input === 'string') return input
  return typeof input === 'number' || typeof input === 'bigint' ? String(input) : ''
}

/** True for what a form sends when nothing was filled in. */
export function isBlank(input: unknown): boolean {
  return input === null || input === undefined || (typeof input === 'string' && /^\s*$/.test(input))
}

export const REQUIRED: Sentence = {
  id: 'Belum diisi. Isi kolom ini.',
  en: 'This is empty. Please fill it in.',
}
