import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { print, ROOT } from './repository.ts'

/** A committed file that a generator writes; `path` is relative to the repository's root. */
export interface GeneratedFile {
  readonly path: string
  readonly content: string
}

/**
 * Writes the files that differ, or with `check` only says which do. Both print one line per file that differs.
 * @returns how many differed.
 */
export async function writeOrCompare(files: readonly GeneratedFile[], check: boolean): Promise<number> {
  let differing = 0
  for (const { path, content } of files) {
    const target = resolve(ROOT, path)
    const committed = await readFile(target, 'utf8').catch(() => undefined)
    if (committed === content) continue
    differing += 1
    if (check) {
      print(`${path} is not what its sources say: ${firstDifference(committed, content)}`)
    } else {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, content)
      print(`${path} written`)
    }
  }
  return differing
}

/** Where two texts part, in words: the line's number, what is there and what belongs there. */
export function firstDifference(committed: string | undefined, expected: string): string {
  if (committed === undefined) return 'the file is missing'
  const [is, shall] = [committed.split('\n'), expected.split('\n')]
  const line = shall.findIndex((text, index) => text !== is[index])
  const at = line === -1 ? shall.length : line
  return `line ${at + 1} is ${quote(is[at])}, expected ${quote(shall[at])}`
}

function quote(line: string | undefined): string {
  return line === undefined ? 'the end of the file' : `"${line}"`
}
