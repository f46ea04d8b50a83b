import LogoutIcon from '@mui/icons-material/Logout';
import { Box, Button, Container, Link as MuiLink, Toolbar, Typography } from '@mui/material';
import AppBar from '@mui/material/AppBar';
import type { ReactNode } from 'react';
import { LocalesMenuButton, ToggleThemeButton, useGetIdentity, useTranslate } from 'react-admin';
import { NavLink, useLocation } from 'react-router';
import { leave } from '../http/leave.ts';
import { NoticesBell } from '../vie/NoticesBell.tsx';

export interface MenuEntry {
  readonly to: string;
  readonly label: string;
}

function MenuLink({ to, label }: MenuEntry) {
  const { pathname } = useLocation();
  const here = to === '/' ? pathname === '/' : pathname.startsWith(to);
  return (
    <MuiLink
      component={NavLink}
      to={to}
      underline="none"
      aria-current={here ? 'page' : undefined}
      sx={{
        px: 1,
        py: 0.75,
        color: here ? 'primary.main' : 'text.primary',
        fontWeight: here ? 700 : 500,
        borderBottom: 3,
        borderColor: here ? 'primary.main' : 'transparent',
        whiteSpace: 'nowrap',
      }}
    >
      {label}
    </MuiLink>
  );
}

function LogoutButton() {
  const translate = useTranslate();
  return (
    <Button
      color="inherit"
      aria-label={translate('sofi.app.logout')}
      title={translate('sofi.app.logout')}
      onClick={() => leave()}
      sx={{ minWidth: 40 }}
    >
      <LogoutIcon fontSize="small" />
    </Button>
  );
}

/** More entries than this do not fit beside the name, the tools and the person at 1280 px. */
const INLINE_MENU = 5;

/** The frame of both faces: who I am, where I may go, language and light, one main part. */
export function AppShell({
  title,
  menu,
  children,
  tools,
  wide,
}: {
  readonly title: string;
  readonly menu: readonly MenuEntry[];
  readonly children: ReactNode;
  /** What stands beside who I am. */
  readonly tools?: ReactNode;
  readonly wide: boolean;
}) {
  const translate = useTranslate();
  const { identity } = useGetIdentity();
  // A long menu has a row of its own, under what is always there.
  const inline = menu.length > INLINE_MENU ? 'xl' : 'md';
  return (
    <Box sx={{ minHeight: '100vh', bgcolor: 'background.default', color: 'text.primary' }}>
      <MuiLink
        href="#contenu"
        sx={{
          position: 'absolute',
          left: -9999,
          '&:focus': { left: 8, top: 8, zIndex: 2000, bgcolor: 'background.paper', p: 1 },
        }}
      >
        {translate('sofi.app.skip')}
      </MuiLink>
      <AppBar position={wide ? 'sticky' : 'static'}>
        <Toolbar variant="dense" sx={{ gap: 1, flexWrap: 'wrap', rowGap: 0 }}>
          <Typography component="span" sx={{ fontWeight: 750, letterSpacing: '0.04em', mr: 1 }}>
            SOFI{' '}
            <Typography component="span" color="text.secondary" sx={{ display: { xs: 'none', sm: 'inline' } }}>
              {title}
            </Typography>
          </Typography>
          <Box
            component="nav"
            aria-label={title}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              order: { xs: 5, [inline]: 0 },
              flex: { xs: '1 0 100%', [inline]: 1 },
            }}
          >
            {menu.map((entry) => (
              <MenuLink key={entry.to} {...entry} />
            ))}
          </Box>
          <Box sx={{ flex: { xs: 1, [inline]: 0 } }} />
          {tools}
          <Typography
            component="span"
            variant="body2"
            color="text.secondary"
            sx={{ display: { xs: 'none', sm: 'inline' } }}
          >
            {identity?.fullName}
          </Typography>
          <NoticesBell />
          <LocalesMenuButton />
          <ToggleThemeButton />
          <LogoutButton />
        </Toolbar>
      </AppBar>
      <Container
        component="main"
        id="contenu"
        tabIndex={-1}
        maxWidth={wide ? 'xl' : 'md'}
        sx={{ py: 2, outline: 'none' }}
      >
        {children}
      </Container>
    </Box>
  );
}
