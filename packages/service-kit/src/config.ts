import { z } from 'zod'

/** A configuration that cannot be used: every problem at once, each naming its variable; never a value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is incomplete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads an environment against a shape. A secret has no default: a service without it does not start.
 * @throws ConfigError with all problems at once.
 */
export function parseEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, env[name] === '' ? undefined : env[name]]))
  const parsed = z.object(shape).safeParse(given)
  if (parsed.success) return parsed.data
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0])
      return given[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`
    }),
  )
}

/** A variable that holds JSON of the given shape. */
export const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'is not valid JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

/** 32 bytes as base64url: a symmetric key. */
export const key32 = z
  .string()
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
  .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64url')

const Jwk = z.looseObject({ kty: z.string() })

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** What every service needs. Its own needs are added beside it. */
export const serviceEnv = {
  HOST: z.string().default('127.0.0.1'),
  /** 0 chooses a free port. */
  PORT: z.coerce.number().int().min(0).max(65535).default(0),
  DATABASE_URL: z.url(),
  NATS_URL: z.string().min(1),
  /** The gateway's public keys: who may call a subgraph (DESIGN §3.9). */
  GATEWAY_JWKS: json(z.object({ keys: z.array(Jwk).min(1) })),
  FINGERPRINT_KEY: key32,
  /** IANA zone of the office's clock (ID-28). */
  ZONE: z.string().refine(isZone, 'must be an IANA time zone').default('Asia/Jakarta'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
}

/** The registry's public key, under which the other services seal a new child's particulars (DESIGN §4). */
export const sealingEnv = { REGISTRY_SEALING_PUBLIC_JWK: json(Jwk) }

export type ServiceConfig = z.infer<z.ZodObject<typeof serviceEnv>>
