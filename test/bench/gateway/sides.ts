/** The names of the sides that goals speak of. */
export const PLAIN = 'plain Apollo gateway'
export const OURS = 'ours'
export const NO_DOOR = 'ours, nobody at the door'
export const FAN_OUT = 'hand-written fan-out'
