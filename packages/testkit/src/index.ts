import type {} from './provided.ts'

export * from './ask.ts'
export * from './clock.ts'
export * from './context.ts'
export * from './databases.ts'
export * from './keys.ts'
export * from './network.ts'
export * from './queries.ts'
