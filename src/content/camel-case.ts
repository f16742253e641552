// Turns the snake_case keys of reviewed YAML files into the camelCase names the code uses. It must not change any value.

type CamelName<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelName<Tail>>}` : S

/** `T` with every key in camelCase, all the way down, and readonly. */
export type CamelCased<T> = T extends readonly unknown[]
  ? { readonly [Key in keyof T]: CamelCased<T[Key]> }
  : T extends object
    ? { readonly [Key in keyof T as Key extends string ? CamelName<Key> : Key]: CamelCased<T[Key]> }
    : T

/** `invite_valid_days` becomes `inviteValidDays`, at every depth. */
export function camelCased<T>(value: T): CamelCased<T>
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => camelCased(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelName(key), camelCased<unknown>(item)]))
}

function camelName(key: string): string {
  return key.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}
