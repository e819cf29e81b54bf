import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SERVICES, ServiceName } from '@satuanak/contracts'
import { type DevIssuer, type KeyPair, openDevIssuer, openKeyPair } from '@satuanak/identity'
import { CannotStart } from '@satuanak/local-servers'
import { z } from 'zod'

const key32 = z.string().length(43)
const jwk = z.looseObject({ kty: z.string() })
const SealingKeys = z.object({ publicJwk: jwk, privateJwk: jwk })
/** The registry reads the rest itself; clones from before rotation have `ring` and `indexKey` in its place. */
const NikRing = z.union([
  z.looseObject({ keys: z.record(z.string(), z.looseObject({})) }),
  z.looseObject({ ring: z.looseObject({}) }),
])
const WebhookKeys = z.object({ current: z.string(), keys: z.record(z.string(), key32) })
const FingerprintKeys = z.record(ServiceName, key32)

/** Every key of this machine's house. In production each agency holds its own, elsewhere. */
export interface Secrets {
  /** The identity provider of this machine: signs the personas' tokens. */
  readonly issuer: DevIssuer
  /** The gateway's: signs what goes to the subgraphs. */
  readonly gateway: KeyPair
  /** The registry's: other agencies seal a new child's particulars under its public half. */
  readonly sealing: z.infer<typeof SealingKeys>
  /** The registry's: signs the bundles with which a recording day is worked on without a network. */
  readonly bundle: KeyPair
  /** The registry's: path of the key ring under which NIKs are encrypted and found; `npm run keys` changes it. */
  readonly nikKeysFile: string
  /** Coordination's: seals the secrets of portals' webhooks. */
  readonly webhookKeys: z.infer<typeof WebhookKeys>
  /** Each service's own: fingerprints of requests. */
  readonly fingerprints: Readonly<Record<ServiceName, string>>
}

/** The keys kept in `dir`, each made on first use and readable by their owner only. */
export async function openSecrets(dir: string): Promise<Secrets> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const nikKeysFile = join(dir, 'nik.json')
  const [issuer, gateway, bundle, sealing, , webhookKeys, fingerprints] = await Promise.all([
    openDevIssuer(dir),
    openKeyPair(join(dir, 'gateway-signing.jwk.json')),
    openKeyPair(join(dir, 'bundle-signing.jwk.json')),
    kept(join(dir, 'registry-sealing.json'), SealingKeys, async () => {
      const { createSealingKeys } = await import('@satuanak/child-kit')
      return SealingKeys.parse(await createSealingKeys())
    }),
    kept(nikKeysFile, NikRing, async () => ({
      current: 'k1',
      keys: { k1: { seal: newKey(), index: newKey() } },
    })),
    kept(join(dir, 'webhooks.json'), WebhookKeys, async () => ({ current: 'k1', keys: { k1: newKey() } })),
    kept(join(dir, 'fingerprints.json'), FingerprintKeys, async () =>
      FingerprintKeys.parse(Object.fromEntries(SERVICES.map((service) => [service, newKey()]))),
    ),
  ])
  return { issuer, gateway, bundle, sealing, nikKeysFile, webhookKeys, fingerprints }
}

const newKey = () => randomBytes(32).toString('base64url')

/** What is kept at `path`. The launcher's lock is held: nobody else makes it meanwhile. */
async function kept<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  make: () => Promise<z.infer<Schema>>,
): Promise<z.infer<Schema>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (text === undefined) {
    const made = await make()
    await writeFile(`${path}.new`, JSON.stringify(made), { mode: 0o600 })
    await rename(`${path}.new`, path)
    return made
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // Without the reason: it could quote the key.
    throw new CannotStart(`${path} is damaged: put it back from a copy, or begin anew without .data.`)
  }
}
