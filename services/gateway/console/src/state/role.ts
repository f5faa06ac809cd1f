/** What this person may do: the desk says it as it is now, the session as it was at sign-in. */
import { computed } from "@preact/signals";
import { desk } from "./live.ts";
import { session } from "./session.ts";

const role = computed(() => desk.value?.role ?? (session.value.state === "in" ? session.value.me.role : "agent"));

/** Sees every conversation, may join, take over and reassign it. */
export const supervises = computed(() => role.value !== "agent");
/** Changes settings. */
export const administers = computed(() => role.value === "administrator");
