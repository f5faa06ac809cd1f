/** What a form must hold before it is sent; the gateway checks the same again. */
import { charCount, MAX_MESSAGE_CHARS, type Refusal, type WidgetConfig } from "@dymek/wire";
import type { Words } from "./words.ts";

export type Errors<Field extends string> = Partial<Record<Field | "form", string>>;

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$/;

export function emailError(email: string, required: boolean, { t }: Words): string | undefined {
  const text = email.trim();
  if (!text) return required ? t.needEmail : undefined;
  if (text.length > 254) return t.tooLong;
  return EMAIL.test(text) ? undefined : t.badEmail;
}

export function nameError(name: string, required: boolean, { t }: Words): string | undefined {
  if (!name.trim()) return required ? t.needName : undefined;
  return charCount(name.trim()) > 120 ? t.tooLong : undefined;
}

export function textError(text: string, { t }: Words): string | undefined {
  if (!text.trim()) return t.needText;
  const left = MAX_MESSAGE_CHARS - charCount(text);
  return left < 0 ? t.left(left) : undefined;
}

export function startErrors(
  answers: { topic: string; name: string; email: string },
  config: WidgetConfig,
  words: Words,
): Errors<"topic" | "name" | "email"> {
  const { name_field: name, email_field: email } = config;
  return dense({
    topic: answers.topic ? undefined : words.t.needTopic,
    name: name.shown ? nameError(answers.name, name.required, words) : undefined,
    email: email.shown ? emailError(answers.email, email.required, words) : undefined,
  });
}

/** Of a message that is left: every field is required, whatever the widget asks for otherwise. */
export function messageErrors(
  answers: { topic: string; name: string; email: string; text: string },
  words: Words,
): Errors<"topic" | "name" | "email" | "text"> {
  return dense({
    topic: answers.topic ? undefined : words.t.needTopic,
    name: nameError(answers.name, true, words),
    email: emailError(answers.email, true, words),
    text: textError(answers.text, words),
  });
}

/** A refusal as an error of the field that it names, or of the whole form. */
export function refusedErrors<Field extends string>(refusal: Refusal, fields: Record<string, Field>, words: Words): Errors<Field> {
  const field = refusal.detail ? fields[refusal.detail] : undefined;
  return { [field ?? "form"]: words.refused(refusal) } as Errors<Field>;
}

export function dense<Field extends string>(errors: Record<Field, string | undefined>): Errors<Field> {
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error)) as Errors<Field>;
}
