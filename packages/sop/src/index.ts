export * from './clock.ts'
export * from './define-sop.ts'
export * from './limit.ts'
export * from './walk.ts'
