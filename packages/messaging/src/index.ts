export * from './emit.ts'
export * from './handlers.ts'
export * from './tx.ts'
