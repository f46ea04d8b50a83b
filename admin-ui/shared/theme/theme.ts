import type { ThemeOptions } from '@mui/material/styles';
import type { RaThemeOptions } from 'react-admin';

type Density = 'dense' | 'airy';
type Mode = 'light' | 'dark';

const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif';

/** Ink, paper and the three signals; each pair of text and ground holds 4.5:1. */
const PALETTES = {
  light: {
    mode: 'light',
    primary: { main: '#155e63', contrastText: '#ffffff' },
    secondary: { main: '#7a4a12', contrastText: '#ffffff' },
    background: { default: '#f5f6f4', paper: '#ffffff' },
    text: { primary: '#1c2523', secondary: '#4d5956' },
    success: { main: '#1f6b3a' },
    warning: { main: '#8a5300', contrastText: '#ffffff' },
    error: { main: '#a4262c' },
    info: { main: '#1f5a8a' },
    divider: '#d5dad7',
  },
  dark: {
    mode: 'dark',
    primary: { main: '#7fd1c7', contrastText: '#062523' },
    secondary: { main: '#e9b978', contrastText: '#2b1a02' },
    background: { default: '#131918', paper: '#1b2321' },
    text: { primary: '#e8edeb', secondary: '#b0bbb7' },
    success: { main: '#86d3a0' },
    warning: { main: '#f0b95b', contrastText: '#241600' },
    error: { main: '#ff9c96', contrastText: '#2d0604' },
    info: { main: '#93c7f2', contrastText: '#04192b' },
    divider: '#35403d',
  },
} as const satisfies Record<Mode, ThemeOptions['palette']>;

/** For who asked the system for less motion; what waits for the end of a transition still hears of it. */
const STILL = {
  animationDuration: '0.01ms !important',
  animationIterationCount: '1 !important',
  transitionDuration: '0.01ms !important',
  scrollBehavior: 'auto !important',
} as const;

/** The look of both faces: dense where people work all day, airy where they come twice a year. */
export function sofiTheme(mode: Mode, density: Density): RaThemeOptions {
  const small = density === 'dense';
  const palette = PALETTES[mode];
  return {
    palette,
    spacing: 8,
    shape: { borderRadius: 6 },
    typography: {
      fontFamily: FONT,
      fontSize: small ? 13 : 15,
      h1: { fontSize: small ? '1.35rem' : '1.7rem', fontWeight: 650, lineHeight: 1.25 },
      h2: { fontSize: small ? '1.1rem' : '1.3rem', fontWeight: 650, lineHeight: 1.3 },
      h3: { fontSize: small ? '1rem' : '1.1rem', fontWeight: 650, lineHeight: 1.35 },
      button: { textTransform: 'none', fontWeight: 600 },
    },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          ':focus-visible': { outline: `3px solid ${palette.info.main}`, outlineOffset: 2 },
          del: { textDecorationThickness: '2px' },
          ins: { textDecorationThickness: '2px' },
          '@media (prefers-reduced-motion: reduce)': { '*, ::before, ::after': STILL },
        },
      },
      MuiAppBar: {
        defaultProps: { elevation: 0, color: 'default' },
        styleOverrides: {
          root: {
            backgroundColor: palette.background.paper,
            color: palette.text.primary,
            borderBottom: `1px solid ${palette.divider}`,
          },
        },
      },
      MuiButtonBase: {
        styleOverrides: {
          root: { '&.Mui-focusVisible': { outline: `3px solid ${palette.info.main}`, outlineOffset: 2 } },
        },
      },
      MuiButton: { defaultProps: { disableElevation: true } },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiCard: { defaultProps: { variant: 'outlined' } },
      MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
      MuiOutlinedInput: { styleOverrides: { root: { backgroundColor: palette.background.paper } } },
      MuiFormControl: { defaultProps: { size: 'small' } },
      MuiTableCell: {
        styleOverrides: {
          root: { paddingTop: small ? 5 : 9, paddingBottom: small ? 5 : 9 },
          head: { fontWeight: 650, color: palette.text.secondary },
        },
      },
      MuiFormHelperText: { styleOverrides: { root: { marginLeft: 0 } } },
    },
  };
}
