export * from './caller.ts'
export * from './facts.ts'
