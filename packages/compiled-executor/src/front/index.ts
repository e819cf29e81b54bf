export { type QuickPlugin, QuickServer, type QuickServerOptions } from './quick-server.ts'
export { schemaExecutor } from './schema-executor.ts'
