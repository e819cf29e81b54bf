import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's own PostgreSQL, as superuser. */
    postgresUrl: string
  }
}
