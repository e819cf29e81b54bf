export { type GatewayConfig, type GatewayLimits, parseConfig } from './config.ts'
export { createGateway, type Gateway, type GatewayOverrides } from './gateway.ts'
