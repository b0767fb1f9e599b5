// SPDX-License-Identifier: Apache-2.0
import './styles/tokens.css';
import './styles/base.css';
import './styles/app.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { applyTheme } from './ui/theme';

applyTheme();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
