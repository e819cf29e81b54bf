import { readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CannotStart } from '@satuanak/service-kit'
import { type KeptRing, readRing, writeRing } from './ring.ts'

/**
 * The ring that is kept in this file.
 * @throws CannotStart where there is none, or it is damaged; without the reason, which could quote a key.
 */
export function ringOf(file: string): KeptRing {
  try {
    return readRing(readFileSync(file, 'utf8'))
  } catch {
    throw new CannotStart(
      `NIK_KEYS_FILE: ${file} holds no key ring. Put it back from its copy: without it no NIK opens.`,
    )
  }
}

/** Puts the ring in the file's place: after a power cut there is the old one or the new one, whole. */
export async function saveRing(file: string, ring: KeptRing): Promise<void> {
  const written = await open(`${file}.new`, 'w', 0o600)
  try {
    await written.writeFile(writeRing(ring))
    await written.sync()
  } finally {
    await written.close()
  }
  await rename(`${file}.new`, file)
  const folder = await open(dirname(file), 'r')
  await folder.sync().finally(() => folder.close())
}
