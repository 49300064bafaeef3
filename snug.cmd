@echo off
rem The snug command on Windows: finds a JDK 25, builds what was never built, and starts Java with the
rem flags of the snug script (docs/decisions/0034-windows-and-macos.md says what differs and why).
rem
rem   SNUG_JAVA_HOME     the JDK to use, before JAVA_HOME and the usual places
rem   SNUG_HEAP_MAX      Java heap limit; by default it follows the memory limit, up to 224m
rem   SNUG_MEMORY        memory limit where --memory names none, such as 300MiB
rem   SNUG_JAVA_OPTIONS  more options for Java, after the ones below: the last one wins
rem   SNUG_NO_BUILD      set: never build, run what is there
rem
rem A source that is newer than the build is not noticed: delete cli\target\dist to build anew.
setlocal EnableExtensions DisableDelayedExpansion

set "JDK_MIN=25"
set "root=%~dp0"
set "root=%root:~0,-1%"
set "dist=%root%\cli\target\dist"
set "jar=%dist%\lib\snug-cli.jar"
set "command=%~1"
set "second=%~2"

call :find_jdk
if defined jdk goto found
>&2 echo snug: needs a JDK %JDK_MIN% or later and found none.
>&2 echo   winget install EclipseAdoptium.Temurin.25.JDK     or: https://adoptium.net
>&2 echo   Or say where it is: set SNUG_JAVA_HOME=C:\path\to\jdk
exit /b 1

rem No folder is named within parentheses: the one of "Program Files (x86)" would end them.
:found
if defined SNUG_JAVA_HOME if /i not "%jdk%"=="%SNUG_JAVA_HOME%" >&2 echo snug: SNUG_JAVA_HOME=%SNUG_JAVA_HOME% holds no JDK %JDK_MIN% or later; using %jdk%
if not "%SNUG_LAUNCH%"=="jdk" goto launch
echo %jdk%
exit /b 0

:launch
if not exist "%jar%" if not defined SNUG_NO_BUILD call :build || exit /b 1
if exist "%jar%" goto run
>&2 echo snug: is not built: run mvn package in %root%
exit /b 1

:run

rem Without this ONNX Runtime writes a device id and a database of events.
set "ORT_DISABLE_TELEMETRY=1"

rem Checksums of gigabytes, and texts of megabytes, are what Java does itself for long: C2 pays there.
set "compiler="
if "%command%"=="import" set "compiler=-XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=32m"
if "%command% %second%"=="models verify" set "compiler=-XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=32m"
if "%command%"=="normalize" set "compiler=-XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=32m"

call :share_heap %*

rem All of a cache becomes resident: what is done often has one of its own.
set "cache=%dist%\snug.aot"
for %%c in (classify speak serve) do if "%command%"=="%%c" if exist "%dist%\%%c.aot" set "cache=%dist%\%%c.aot"
set "aot="
if exist "%cache%" set aot="-XX:AOTCache=%cache%"

set "more="
rem Of a few pictures, the part for new objects would hold garbage alone.
if "%command%"=="classify" set "more=-Xmn2m"
rem What a password or a burst of calls took goes back to the system within seconds.
if "%command%"=="serve" set "more=-Xmn2m -XX:TrimNativeHeapInterval=10000"
if "%command%"=="serve" if exist "%dist%\work.aot" set more=%more% "-Dsnug.worker.aot=%dist%\work.aot"
for /d %%n in ("%dist%\native\ai\onnxruntime\native\*") do set native="-Donnxruntime.native.path=%%~fn"
rem Else each start would unpack SQLite's library into the temporary folder.
set "sqlite="
for %%c in (serve account) do if "%command%"=="%%c" for /d %%p in ("%dist%\native\org\sqlite\native\*") do for /d %%n in ("%%~fp\*") do set sqlite="-Dorg.sqlite.lib.path=%%~fn"

rem Whether somebody watches cannot be asked for here without starting another program.
set "interactive=0"
"%jdk%\bin\java.exe" ^
    -XX:+UseSerialGC "-Xmx%heap%" -Xmn4m -Xss512k ^
    -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=16m -XX:-UsePerfData ^
    -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 ^
    -Xlog:disable -Xlog:all=error:stderr ^
    --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true ^
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 "-Dsnug.interactive=%interactive%" ^
    "-Dsnug.shipped=%root%\models" "-Dsnug.heap.follows=%follows%" "-Dsnug.heap.limit=%bytes%" ^
    %compiler% %SNUG_JAVA_OPTIONS% %sqlite% %more% %native% %aot% -cp "%jar%" dev.snug.cli.Main %*
exit /b %ERRORLEVEL%

rem Sets jdk to the first folder that holds a JDK of the version; to nothing where there is none.
:find_jdk
set "jdk="
if defined SNUG_JAVA_HOME call :try "%SNUG_JAVA_HOME%"
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try "%%~dp$PATH:j.."
for /d %%d in (
    "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*"
    "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\BellSoft\*"
    "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*"
) do call :try "%%~fd"
if defined jdk exit /b 0
for %%k in ("HKLM\SOFTWARE\Eclipse Adoptium\JDK" "HKLM\SOFTWARE\JavaSoft\JDK" "HKCU\SOFTWARE\JavaSoft\JDK") do (
    for /f "tokens=2,*" %%a in ('reg query %%k /s 2^>nul ^| findstr /r /c:" Path  *REG_SZ" /c:" JavaHome  *REG_SZ"') do call :try "%%~b"
)
exit /b 0

rem A JDK names its version in its "release" file: reading it is cheaper than starting it.
:try
if defined jdk exit /b 0
if not exist "%~f1\bin\java.exe" exit /b 0
if not exist "%~f1\release" exit /b 0
set "major=0"
for /f "usebackq tokens=2 delims==" %%v in (`findstr /b "JAVA_VERSION=" "%~f1\release"`) do for /f "delims=.+-" %%m in ("%%~v") do set "major=%%m"
if %major% GEQ %JDK_MIN% set "jdk=%~f1"
exit /b 0

rem Sets heap to what the limit leaves for it, as the snug script does; there are no control groups.
:share_heap
set "follows="
set "bytes="
set "heap=224m"
if defined SNUG_HEAP_MAX (
    set "heap=%SNUG_HEAP_MAX%"
    set "follows=SNUG_HEAP_MAX"
    exit /b 0
)
rem Pages, SQLite and calls on their way; models are in workers with heaps of their own.
if "%command%"=="serve" (
    set "heap=24m"
    exit /b 0
)
set "shares="
for %%c in (speak classify doctor) do if "%command%"=="%%c" set "shares=1"
if not defined shares exit /b 0
set "asked="
:next
if [%1]==[] goto asked
if [%1]==[--] goto asked
rem The shell itself parts --memory=300MiB at its sign.
if [%1]==[--memory] (
    set "asked=%~2"
    set "follows=--memory"
    goto asked
)
shift
goto next
:asked
if not defined asked if defined SNUG_MEMORY (
    set "asked=%SNUG_MEMORY%"
    set "follows=SNUG_MEMORY"
)
if not defined asked exit /b 0
rem Whole MiB or GiB, the sizes that people ask for; Java reads the others, and says where this heap is
rem too large for one.
set "mebibytes="
set "factor="
set "unit="
for /f "delims=0123456789 tokens=1" %%u in ("%asked: =%") do set "unit=%%u"
for %%u in (m mi mib) do if /i "%unit%"=="%%u" set "factor=1"
for %%u in (g gi gib) do if /i "%unit%"=="%%u" set "factor=1024"
if not defined factor goto unread
for /f "delims=mMgGiIbB " %%n in ("%asked%") do set "number=%%n"
rem Set /a takes a zero in front for octal, and no more than 31 bits.
if "%number:~0,1%"=="0" goto unread
if not "%number:~6%"=="" goto unread
set /a "mebibytes=%number% * factor" 2>nul || goto unread
set /a "heap=(mebibytes - 80) / 2 / 2 * 2"
if %heap% LSS 24 set "heap=24"
if %heap% GTR 224 set "heap=224"
set "heap=%heap%m"
rem The shell counts to 2 GiB: of larger limits doctor says that they are followed, and not how large.
if %mebibytes% LSS 2048 set /a "bytes=mebibytes * 1048576"
exit /b 0
:unread
set "follows="
exit /b 0

:build
where mvn >nul 2>nul || (
    >&2 echo snug: must be built first and finds no Maven ^(mvn^): install Maven 3.8 or later
    exit /b 1
)
>&2 echo snug: building ^(about a minute the first time^) ...
pushd "%root%"
set "JAVA_HOME=%jdk%"
call mvn -B -q -Dmaven.test.skip=true -pl cli -am package 1>&2
if errorlevel 1 (
    popd
    >&2 echo snug: the build failed; the output is above
    exit /b 1
)
popd
exit /b 0
