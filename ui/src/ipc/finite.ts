// The generator writes every Rust `f64` as `number | null`, because JSON has no NaN. The analyzer measures only finite
// numbers; this type says so once, for the fields it is true of. Optional limits (`min`, `max`) stay optional.

type Measurement =
  | `${string}_px`
  | `${string}_deg`
  | `${string}_ms`
  | 'value'
  | 'scale_min'
  | 'scale_max'
  | 'confidence'
  | 'bytes'
  | 'delta_e';

export type Finite<T> = T extends readonly (infer Item)[]
  ? Finite<Item>[]
  : T extends object
    ? { [K in keyof T]: K extends Measurement ? (T[K] extends number | null ? number : Finite<T[K]>) : Finite<T[K]> }
    : T;
