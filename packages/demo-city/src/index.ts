export { type City, type CityPlan, generateCity } from './generate.ts'
export { type CityKelurahan, kotaPekalongan } from './kelurahan.ts'
export * from './model.ts'
export * from './personas.ts'
