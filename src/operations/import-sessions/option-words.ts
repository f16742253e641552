// What a pilot's store may call the options of the registration form: their ids, and what people see and type in every language.
import { type Language, LANGUAGES } from '../../content/language.ts'
import type { Sector } from '../../content/sectors.ts'
import type { Form } from '../../conversation/form.ts'
import type { Translator } from '../../i18n/translator.ts'
import type { Reading } from './answers.ts'

export function createOptionWords({ form, sectors, translator }: { form: Form; sectors: readonly Sector[]; translator: Translator }): Reading['optionWords'] {
  const texts = (step: string, option: string, language: Language): readonly string[] => {
    const field = form.steps[step]
    const shared = field?.kind === 'choice' ? field.labels : undefined
    const keys = [`options.${option}`, `short.${option}`].map((key) => `${form.name}.${shared ?? step}.${key}`)
    return keys.flatMap((key) => (translator.findKey(key) ? [translator.plain(language, key)] : []))
  }
  return (step, option) => {
    const sector = step === 'sector' ? sectors.find((one) => one.id === option) : undefined
    const shown = LANGUAGES.flatMap((language) => (sector ? [sector.label[language], ...sector.examples[language]] : texts(step, option, language)))
    return [...shown, option]
  }
}
