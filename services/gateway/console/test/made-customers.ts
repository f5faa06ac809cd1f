/** Customers for tests, whole ones. */
import type { Customer, CustomerSummary, FieldDefinition } from "@dymek/wire";
import { vi } from "vitest";

export const field = (id: string, fields: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id,
  label: id,
  kind: "text",
  choices: [],
  show_in_chat: false,
  ...fields,
});

export const FIELDS: FieldDefinition[] = [
  field("number", { label: "Numer klienta", show_in_chat: true }),
  field("plan", { label: "Plan", kind: "choice", choices: ["Miesięczny", "Roczny"], show_in_chat: true }),
  field("limit", { label: "Limit", kind: "number" }),
  field("since", { label: "Klient od", kind: "date" }),
  field("invoice", { label: "Faktura", kind: "yes_no" }),
  field("page", { label: "Strona", kind: "link" }),
];

export const anna = (fields: Partial<Customer> = {}): Customer => ({
  id: "anna",
  version: 3,
  name: "Anna Nowak",
  company: "Kawiarnia",
  emails: ["anna@example.com"],
  phones: ["+48 600 100 200"],
  note: "",
  fields: [{ id: "limit", label: "Limit", kind: "number", value: "12.5", show_in_chat: false }],
  created_at: "2026-11-01T10:00:00Z",
  changed_at: "2026-11-01T10:00:00Z",
  ...fields,
});

export const found = (id: string, fields: Partial<CustomerSummary> = {}): CustomerSummary => ({
  id,
  name: `Klient ${id}`,
  company: "",
  email: "",
  phone: "",
  ...fields,
});

export interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
  signal: AbortSignal | null;
}

/** A server that answers by path, and keeps what it was asked; an answer may wait until it is let go. */
export function server(answer: (asked: Asked) => [number, object] | Promise<[number, object]>): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Asked["body"]) : {};
    const asked = { method: init.method ?? "GET", path, body, signal: init.signal ?? null };
    all.push(asked);
    return new Promise((resolve, reject) => {
      asked.signal?.addEventListener("abort", () => reject(asked.signal?.reason as Error));
      void Promise.resolve(answer(asked)).then(([status, told]) => resolve(Response.json(told, { status })), reject);
    });
  });
  return all;
}
