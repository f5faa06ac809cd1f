/** The console's own icons: 20 px strokes, decorative always; the control that carries one has the words. */
import type { ComponentChildren } from "preact";

function icon(draw: ComponentChildren) {
  return function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        class="icon"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {draw}
      </svg>
    );
  };
}

export const ChatIcon = icon(
  <path d="M12 4c-5 0-9 3.400-9 7.600 0 2.300 1.200 4.300 3 5.700-.1 1-.5 2-1.200 2.800 1.800-.2 3.200-.9 4.200-1.600 1 .2 2 .3 3 .3 5 0 9-3.100 9-7.200S17 4 12 4Z" />,
);
export const TicketIcon = icon(
  <>
    <path d="M4 6.500A1.500 1.500 0 0 1 5.500 5h13A1.500 1.500 0 0 1 20 6.500v11a1.500 1.500 0 0 1-1.500 1.500h-13A1.500 1.500 0 0 1 4 17.500Z" />
    <path d="m4.500 7.500 7.500 5.500 7.500-5.500" />
  </>,
);
export const GearIcon = icon(
  <>
    <circle cx="12" cy="12" r="3" />
    <path d="M19.400 13.500a7.700 7.700 0 0 0 0-3l1.700-1.300-1.800-3.100-2 .8a7.700 7.700 0 0 0-2.600-1.500L14.400 3.300h-3.600l-.4 2.100a7.700 7.700 0 0 0-2.600 1.500l-2-.8L4 9.200l1.700 1.300a7.700 7.700 0 0 0 0 3L4 14.800l1.800 3.100 2-.8a7.700 7.700 0 0 0 2.600 1.500l.4 2.100h3.600l.4-2.100a7.700 7.700 0 0 0 2.600-1.500l2 .8 1.800-3.100Z" />
  </>,
);
export const SlidersIcon = icon(
  <>
    <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
    <circle cx="15" cy="7" r="2" />
    <circle cx="9" cy="17" r="2" />
  </>,
);
export const HandOverIcon = icon(<path d="M4 8.500h14M14 4.500l4 4-4 4M20 15.500H6M10 11.500l-4 4 4 4" />);
export const LeaveIcon = icon(
  <path d="M13.500 4.500H6A1.500 1.500 0 0 0 4.500 6v12A1.500 1.500 0 0 0 6 19.500h7.500M10 12h10M16.500 8.500 20 12l-3.500 3.500" />,
);
export const TeamIcon = icon(
  <>
    <circle cx="9" cy="9" r="3.200" />
    <path d="M3 19c.7-3 3-4.700 6-4.700s5.300 1.700 6 4.700M15.500 6.200a3 3 0 0 1 0 5.600M17.500 14.700c1.900.7 3.100 2.200 3.500 4.300" />
  </>,
);
export const ShieldIcon = icon(<path d="M12 3.500 5 6v5.500c0 4.200 2.800 7.300 7 9 4.200-1.700 7-4.800 7-9V6ZM9 12l2.200 2.200L15.200 10" />);
export const MoreIcon = icon(
  <>
    <circle cx="5.500" cy="12" r="1" fill="currentColor" />
    <circle cx="12" cy="12" r="1" fill="currentColor" />
    <circle cx="18.500" cy="12" r="1" fill="currentColor" />
  </>,
);
export const BackIcon = icon(<path d="m14 6-6 6 6 6M8.500 12H20" />);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const CheckIcon = icon(<path d="m5 12.500 4.500 4.500L19 7.500" />);
export const SearchIcon = icon(
  <>
    <circle cx="10.500" cy="10.500" r="6" />
    <path d="m15 15 5 5" />
  </>,
);
export const SendIcon = icon(<path d="M5 12h13M12.500 5.500 19 12l-6.500 6.500" />);
export const SmileIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M8.500 14c.8 1.400 2 2.100 3.500 2.100s2.700-.7 3.500-2.100M9 9.700v.1M15 9.700v.1" />
  </>,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M12 7.500V12l3 2" />
  </>,
);
export const PersonIcon = icon(
  <>
    <circle cx="12" cy="8.500" r="3.500" />
    <path d="M5 19.500c.9-3.300 3.600-5 7-5s6.100 1.700 7 5" />
  </>,
);
export const InfoIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M12 11v5M12 8v.1" />
  </>,
);
export const WarnIcon = icon(<path d="M12 4.500 3.500 19h17ZM12 10.500v4M12 16.800v.1" />);
export const PhoneIcon = icon(
  <path d="M8.500 4.500H5.800c-.8 0-1.400.7-1.300 1.500C5.200 13 11 18.800 18 19.500c.8.1 1.500-.5 1.500-1.300v-2.700l-4-1.500-1.700 2a12.500 12.500 0 0 1-5.800-5.800l2-1.700Z" />,
);
export const MailIcon = TicketIcon;
/** What goes out: beside tickets in the rail, which have the envelope. */
export const OutgoingIcon = icon(<path d="M20 4.500 3.500 11l6.500 2.800L12.800 20.500ZM20 4.500 10 13.800" />);
export const BuildingIcon = icon(
  <path d="M5 20V5.500A1.500 1.500 0 0 1 6.500 4h7A1.500 1.500 0 0 1 15 5.500V20M15 10h2.500a1.500 1.500 0 0 1 1.500 1.500V20M3 20h18M8.500 8h3M8.500 12h3M8.500 16h3" />,
);
export const NoteIcon = icon(<path d="M6 4.500h12v10l-5 5H6ZM13 19.500v-5h5M9 8.500h6M9 12h4" />);
export const WindowIcon = icon(
  <path d="M3.500 6.500A1.500 1.500 0 0 1 5 5h14a1.500 1.500 0 0 1 1.500 1.500v11A1.500 1.500 0 0 1 19 19H5a1.500 1.500 0 0 1-1.500-1.500ZM3.500 9.500h17M6.300 7.300v.1M8.800 7.300v.1" />,
);
export const ScreenIcon = icon(
  <path d="M3.500 6A1.500 1.500 0 0 1 5 4.500h14A1.500 1.500 0 0 1 20.500 6v8.500A1.500 1.500 0 0 1 19 16H5a1.500 1.500 0 0 1-1.500-1.500ZM12 16v3.500M8.500 19.500h7" />,
);
export const GlobeIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M3.500 12h17M12 3.500c2.400 2.500 3.600 5.300 3.600 8.500s-1.200 6-3.600 8.500c-2.400-2.500-3.600-5.300-3.600-8.500s1.200-6 3.600-8.500Z" />
  </>,
);
export const LinkIcon = icon(
  <path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1" />,
);
export const ArrowIcon = icon(<path d="M7 17 17 7M9 7h8v8" />);
export const SystemIcon = icon(
  <path d="M7 7h10v10H7ZM10 3.500V7M14 3.500V7M10 17v3.500M14 17v3.500M3.500 10H7M3.500 14H7M17 10h3.500M17 14h3.500" />,
);
export const PinIcon = icon(
  <>
    <path d="M12 20.500c4.300-4.200 6.500-7.600 6.500-10.300a6.500 6.500 0 1 0-13 0c0 2.700 2.200 6.100 6.500 10.300Z" />
    <circle cx="12" cy="10" r="2.300" />
  </>,
);
export const SoundIcon = icon(
  <path d="M4.500 9.500v5H8l4.500 4v-13L8 9.500ZM16 9a4.500 4.500 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11" />,
);
export const MutedIcon = icon(<path d="M4.500 9.500v5H8l4.500 4v-13L8 9.500ZM16.500 9.500l5 5M21.500 9.500l-5 5" />);
export const OutIcon = icon(
  <path d="M14 4.500h4.500A1.500 1.500 0 0 1 20 6v12a1.500 1.500 0 0 1-1.500 1.500H14M4 12h10M10.500 8l4 4-4 4" />,
);
export const EyeIcon = icon(
  <>
    <path d="M2.500 12c2.300-4.300 5.500-6.500 9.500-6.500s7.200 2.200 9.500 6.500c-2.300 4.300-5.500 6.500-9.500 6.500S4.800 16.300 2.500 12Z" />
    <circle cx="12" cy="12" r="3" />
  </>,
);
export const EyeOffIcon = icon(
  <path d="M4 4l16 16M9.500 6c.8-.3 1.600-.5 2.500-.5 4 0 7.200 2.200 9.500 6.500-.7 1.300-1.500 2.400-2.400 3.300M6.500 7.300C5 8.400 3.600 10 2.500 12c2.300 4.300 5.500 6.500 9.500 6.500 1.600 0 3.100-.4 4.400-1.100M10 10a3 3 0 0 0 4.200 4.200" />,
);
export const CupIcon = icon(
  <path d="M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4ZM16 10.500h1.500a2.500 2.500 0 0 1 0 5H16M8.500 3.500v2.500M12.500 3.500v2.500" />,
);
export const TemplateIcon = icon(<path d="M6 4.500h12A1.500 1.500 0 0 1 19.500 6v12a1.500 1.500 0 0 1-1.500 1.500H6A1.500 1.500 0 0 1 4.500 18V6A1.500 1.500 0 0 1 6 4.500ZM14 8l-4 8" />);
export const RefreshIcon = icon(<path d="M19.500 12a7.500 7.500 0 1 1-2.200-5.300L19.500 9M19.500 4.500V9H15" />);
export const DownIcon = icon(<path d="m6 10 6 6 6-6" />);
export const UpIcon = icon(<path d="m6 14 6-6 6 6" />);
export const PencilIcon = icon(<path d="M5 19l.8-4L16.500 4.300l3.200 3.200L9 18.200ZM14 6.800l3.200 3.200" />);
export const FilterIcon = icon(<path d="M4 6h16M7 12h10M10 18h4" />);
export const DownloadIcon = icon(<path d="M12 4.500v11M7.500 11l4.500 4.500 4.500-4.500M5 19.500h14" />);
export const CloudOffIcon = icon(
  <path d="M7.500 18.500H7a4 4 0 0 1-.8-7.900A6 6 0 0 1 8 7.200M11 5.700a6 6 0 0 1 6.900 4.900 4 4 0 0 1 2 6.300M4 4l16 16.500" />,
);

/** The company's mark: a bubble with three dots. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        class="mark__bubble"
        d="M16 3C8.300 3 2 8.400 2 15.200c0 3.700 1.900 7 4.900 9.200-.1 1.500-.7 3-1.800 4.200-.3.400 0 .9.500.8 2.700-.4 4.900-1.500 6.500-2.700 1.300.3 2.600.5 3.900.5 7.700 0 14-5.400 14-12S23.700 3 16 3Z"
      />
      <circle class="mark__dot" cx="10" cy="15.200" r="2" />
      <circle class="mark__dot" cx="16" cy="15.200" r="2" />
      <circle class="mark__dot" cx="22" cy="15.200" r="2" />
    </svg>
  );
}
