import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROOT, trackedFiles } from '../repository.ts'

/** One line of a tracked text file; `number` counts from 1. */
export interface SourceLine {
  readonly file: string
  readonly number: number
  readonly text: string
}

/** The lines of one tracked file; none where it is not text. */
export function linesOf(file: string): SourceLine[] {
  const content = readFileSync(resolve(ROOT, file), 'utf8')
  if (content.includes('\0')) return []
  return content.split('\n').map((text, index) => ({ file, number: index + 1, text }))
}

/** Every line of every tracked text file that `wanted` takes, the lockfile left out: it is pnpm's own. */
export function trackedLines(wanted: (file: string) => boolean = () => true): SourceLine[] {
  return trackedFiles()
    .filter((file) => file !== 'pnpm-lock.yaml' && wanted(file))
    .flatMap(linesOf)
}

/** `path:line`, as editors and terminals open it. */
export const placeOf = ({ file, number }: SourceLine): string => `${file}:${number}`
