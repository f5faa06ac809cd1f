/** The menu of a conversation, with the questions that some of its actions need. Only what may be done is in it. */
import type { Header, Me } from "@dymek/wire";
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { leavesNobody, rights, type Rights } from "../lib/rights.ts";
import { supervises } from "../state/role.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { CheckIcon, HandOverIcon, LeaveIcon, MoreIcon, PersonIcon, ShieldIcon, TeamIcon, TicketIcon } from "../ui/icons.tsx";
import { Menu, type MenuItem } from "../ui/Menu.tsx";
import { end, join, leave, takeBack, takeOver } from "./actions.ts";
import { HandOver } from "./HandOver.tsx";

export type Asking = "choose" | "move" | "leave" | "take_over" | "end" | null;

export function ChatMenu({ header, me }: { header: Header; me: Me }) {
  const [asking, setAsking] = useState<Asking>(null);
  const may = rights(header, me.agent_id, supervises.value);
  return (
    <>
      {may.end && (
        <button type="button" class="button head__end" onClick={() => setAsking("end")}>
          {t().chat.end}
        </button>
      )}
      <Menu label={t().team.menu.button} icon={<MoreIcon />} items={items(header, me, may, setAsking)} />
      {header.state !== "closed" && (
        <Question header={header} me={me} asking={asking} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

function items(header: Header, me: Me, may: Rights, asks: (what: Asking) => void): MenuItem[] {
  const words = t().team.menu;
  const id = header.conversation_id;
  const going = (): void => (leavesNobody(header, me.agent_id) ? asks("leave") : void leave(id));
  const over = (): void => (header.owner ? asks("take_over") : void takeOver(id));
  // In a tab of its own: the chat goes on in this one.
  const ticket = (): void => void window.open(paths.newTicket({ conversation: id }), "_blank", "noopener");
  const all: (MenuItem & { on: boolean })[] = [
    { on: may.choose, key: "choose", label: words.choose, icon: <PersonIcon />, run: () => asks("choose") },
    { on: may.move, key: "move", label: words.move, icon: <HandOverIcon />, run: () => asks("move") },
    { on: may.join, key: "join", label: words.join, icon: <TeamIcon />, run: () => void join(id) },
    { on: true, key: "ticket", label: words.ticket, icon: <TicketIcon />, run: ticket },
    { on: may.takeOver, key: "over", label: words.takeOver, icon: <ShieldIcon />, run: over },
    { on: may.leave, key: "leave", label: words.leave, icon: <LeaveIcon />, run: going },
    { on: may.end, key: "end", label: words.end, icon: <CheckIcon />, danger: true, run: () => asks("end") },
  ];
  return all.filter(({ on }) => on);
}

/** The dialog of what was chosen; also opened by the buttons of a conversation that is only watched. */
export function Question({
  header,
  me,
  asking,
  onClose,
}: {
  header: Header;
  me: Me;
  asking: Asking;
  onClose: () => void;
}) {
  const id = header.conversation_id;
  const { leave: leaving, takeOver: taking } = t().team;
  switch (asking) {
    case null:
      return null;
    case "choose":
    case "move":
      return (
        <HandOver
          header={header}
          me={me}
          to={asking === "choose" ? "agent" : "topic"}
          onClose={() => {
            takeBack(id, "choose");
            takeBack(id, "move");
            onClose();
          }}
        />
      );
    case "leave":
      return (
        <Confirm
          title={leaving.title}
          text={header.offer ? leaving.asked(header.offer.agent.name) : leaving.text}
          confirm={leaving.confirm}
          run={() => leave(id)}
          onClose={() => {
            takeBack(id, "leave_chat");
            onClose();
          }}
        />
      );
    case "take_over":
      return (
        <Confirm
          title={taking.title}
          text={taking.text(header.owner?.name ?? "")}
          confirm={taking.confirm}
          run={() => takeOver(id)}
          onClose={() => {
            takeBack(id, "take_over");
            onClose();
          }}
        />
      );
    case "end":
      return (
        <Confirm
          title={t().chat.endTitle}
          text={t().chat.endText(header.visitor_name ?? "")}
          confirm={t().chat.endConfirm}
          tone="danger"
          run={() => end(id)}
          onClose={() => {
            takeBack(id, "end");
            onClose();
          }}
        />
      );
  }
}
