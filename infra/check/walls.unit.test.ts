import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { type Breach, FOLDERS, findBreaches, WALLS } from './walls.ts'
import { BREACHING, GOOD, type Tree } from './walls-fixture.ts'

async function breachesOf(tree: Tree): Promise<Breach[]> {
  const root = await mkdtemp(join(tmpdir(), 'satuanak-walls-'))
  try {
    for (const [path, source] of Object.entries(tree)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), source)
    }
    return (await findBreaches(root, FOLDERS)).breaches
  } finally {
    await rm(root, { recursive: true })
  }
}

test('a house in order passes every wall (DESIGN §2)', async () => {
  expect(await breachesOf(GOOD)).toEqual([])
})

test('every wall has a breach that proves it, and there is no breach without a wall', () => {
  expect(Object.keys(BREACHING).sort()).toEqual(Object.keys(WALLS).sort())
})

for (const [wall, tree] of Object.entries(BREACHING)) {
  test(`an import through "${wall}" is caught, by that name and no other`, async () => {
    const caught = new Set((await breachesOf({ ...GOOD, ...tree })).map((breach) => breach.wall))
    expect([...caught]).toEqual([wall])
  })
}
