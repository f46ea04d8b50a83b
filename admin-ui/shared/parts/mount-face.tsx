import { type ReactNode, StrictMode } from 'react';
import { Admin, CustomRoutes, type DashboardComponent, type LayoutComponent } from 'react-admin';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { authProvider } from '../http/auth-provider.ts';
import { dataProvider } from '../http/data-provider.ts';
import { i18nProvider } from '../i18n/provider.ts';
import { sofiTheme } from '../theme/theme.ts';

interface Face {
  readonly basename: string;
  readonly density: 'dense' | 'airy';
  readonly layout: LayoutComponent;
  readonly home: DashboardComponent;
  /** The face's routes. */
  readonly routes: ReactNode;
}

/** Puts one face of the platform on the page: its address, its look, and the same ground as the other. */
export function mountFace({ basename, density, layout, home, routes }: Face): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no element "root"');
  createRoot(root).render(
    <StrictMode>
      <BrowserRouter basename={basename}>
        <Admin
          authProvider={authProvider}
          dataProvider={dataProvider}
          i18nProvider={i18nProvider}
          theme={sofiTheme('light', density)}
          darkTheme={sofiTheme('dark', density)}
          layout={layout}
          loginPage={false}
          dashboard={home}
          requireAuth
          disableTelemetry
        >
          <CustomRoutes>{routes}</CustomRoutes>
        </Admin>
      </BrowserRouter>
    </StrictMode>,
  );
}
