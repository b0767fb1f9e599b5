// SPDX-License-Identifier: Apache-2.0
import './styles/tokens.css';
import './styles/base.css';
import './styles/app.css';
import './styles/pages.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { watchArrivals } from './state/arrival';
import { applyTheme } from './ui/theme';

applyTheme();
watchArrivals();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
