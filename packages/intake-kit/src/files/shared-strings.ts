import { readWholeXml } from './xml-events.ts'

/** The texts that the cells of a workbook point to. */
export interface SharedStrings {
  at(index: number): string
}

const CHUNK = 4 * 1024 * 1024
/** A workbook of a million rows has some 60 MB; beyond this it is made to swell. */
const MOST = 1024 * 1024 * 1024

/**
 * Excel keeps each text once, in the order of its first appearance, in a part of its own that cells point into from
 * anywhere: it has to be at hand. Kept as UTF-8 in large pieces outside the heap, so that a million rows cost their
 * bytes and no more.
 * @throws RangeError beyond 1 GiB
 */
export async function readSharedStrings(stream: AsyncIterable<Uint8Array>): Promise<SharedStrings> {
  const store = createStore()
  let [text, inText, phonetic] = ['', false, false]
  await readWholeXml(stream, {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      inText = name === 't' && !phonetic
    },
    text: (piece) => {
      if (inText) text += piece
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') phonetic = false
      if (name === 'si') store.add(text)
    },
  })
  return store
}

export const NO_STRINGS: SharedStrings = { at: () => '' }

function createStore(): SharedStrings & { add(text: string): void } {
  const chunks: Buffer[] = []
  let ends = new Float64Array(1024)
  let [count, end] = [0, 0]
  const place = (length: number): Buffer => {
    const used = end % CHUNK
    // A text never lies across two pieces: the rest of the piece is left free.
    if (used + length > CHUNK) end += CHUNK - used
    const at = Math.floor(end / CHUNK)
    chunks[at] ??= Buffer.allocUnsafeSlow(CHUNK)
    return chunks[at].subarray(end % CHUNK, (end % CHUNK) + length)
  }
  return {
    add: (text) => {
      const bytes = Buffer.from(text.slice(0, 32_767))
      if (end + bytes.length > MOST) throw new RangeError('the workbook’s texts are larger than 1 GiB')
      place(bytes.length).set(bytes)
      if (2 * count + 2 > ends.length) {
        const larger = new Float64Array(ends.length * 2)
        larger.set(ends)
        ends = larger
      }
      ends[2 * count] = end
      end += bytes.length
      ends[2 * count + 1] = end
      count += 1
    },
    at: (index) => {
      const [from, to] = [ends[2 * index] ?? 0, ends[2 * index + 1] ?? 0]
      if (index >= count || to === from) return ''
      const start = from % CHUNK
      return chunks[Math.floor(from / CHUNK)]?.toString('utf8', start, start + to - from) ?? ''
    },
  }
}
