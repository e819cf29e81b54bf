import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { takeStepForPupil } from '../ktp-session/work-pupil.ts'
import type { AtSchool } from './domain.ts'

/** BLG-05: the officer has corrected SIAK by the akta, which decides (ID-05). @throws as `takeStepForPupil`. */
export function correctByAkta(app: RegistryApp, caller: Caller, at: AtSchool): Promise<string> {
  return takeStepForPupil(app, caller, { ...at, name: 'correctByAkta', step: 'BLG-05', outcome: null, finding: {} })
}
